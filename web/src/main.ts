/** Starts the desk's page. */
import { mount } from 'svelte';
import App from './App.svelte';
import { live } from './live.svelte.ts';
import './theme.css';

const theme = localStorage.getItem('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;

live.open();
const desk = document.getElementById('desk');
if (desk) mount(App, { target: desk });
