/**
 * Mike's side of the support chat: a table from topics to one answer each, and nothing cleverer.
 * The same words always get the same answer; a topic that comes twice gets the workshop.
 */
import type { Tongue } from './language.js';

const TOPICS = ['gears', 'brakes', 'puncture', 'size', 'order', 'price', 'hours', 'thanks'] as const;
export type Topic = (typeof TOPICS)[number] | 'else';

export interface Answer {
  readonly topic: Topic;
  /** What the topic is called. */
  readonly title: string;
  readonly text: string;
  /** What is worth keeping of it. */
  readonly summary: string;
}

/** What Mike says to each of the visitor's lines, in order. */
export function answers(tongue: Tongue, said: readonly string[]): readonly Answer[] {
  const met = new Set<Topic>();
  return said.map((line) => {
    const topic = hear(tongue, line);
    const again = met.has(topic) && topic !== 'thanks';
    met.add(topic);
    return {
      topic,
      title: tongue.text(`mike.${topic}.topic`),
      text: tongue.text(again ? 'mike.more.says' : `mike.${topic}.says`),
      summary: tongue.text(`mike.${topic}.summary`),
    };
  });
}

function hear(tongue: Tongue, line: string): Topic {
  const heard = new Set(line.toLocaleLowerCase(tongue.lang).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
  const score = (topic: (typeof TOPICS)[number]): number =>
    tongue
      .text(`mike.${topic}.hears`)
      .split(', ')
      .filter((word) => heard.has(word)).length;
  const [best] = TOPICS.map((topic) => ({ topic, hits: score(topic) })).sort((a, b) => b.hits - a.hits);
  return best && best.hits > 0 ? best.topic : 'else';
}
