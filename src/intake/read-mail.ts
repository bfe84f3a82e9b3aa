/**
 * One mail message (RFC 5322, .eml) in, its HTML or text part with subject, date and sender out. Attachments are left alone.
 */
import PostalMime from 'postal-mime';
import { Failure } from '../failure.ts';
import { readDate } from './read-date.ts';

export interface MailPage {
  readonly format: 'html' | 'text';
  readonly content: string;
  readonly title?: string;
  readonly published?: string;
  readonly site?: string;
}

/** @throws Failure bad-input where the message has no text */
export async function readMail(bytes: Uint8Array, name: string): Promise<MailPage> {
  const mail = await parseMail(bytes, name);
  const html = mail.html?.trim() ? mail.html : undefined;
  const content = html ?? mail.text ?? '';
  if (content.trim() === '') throw new Failure('intake', 'bad-input', `${name} is a mail without a text`);
  const published = readDate(mail.date);
  const sender = mail.from?.name || mail.from?.address;
  return {
    format: html === undefined ? 'text' : 'html',
    content: content.toWellFormed(),
    ...(mail.subject?.trim() ? { title: mail.subject.trim() } : {}),
    ...(published ? { published } : {}),
    ...(sender ? { site: sender } : {}),
  };
}

/** postal-mime throws plain errors for messages that nest or grow past its limits; any of its errors is the message's fault. */
async function parseMail(bytes: Uint8Array, name: string): ReturnType<typeof PostalMime.parse> {
  try {
    return await PostalMime.parse(bytes);
  } catch (error) {
    throw new Failure('intake', 'bad-input', `${name} cannot be read as a mail message: ${(error as Error).message}`, { cause: error });
  }
}
