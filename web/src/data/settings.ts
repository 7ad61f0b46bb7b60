import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import type { Disposition } from '#api/schemas/disposition.ts';
import type { OwnedNumber } from '#api/schemas/number.ts';
import { answerOf, api, until } from './client.ts';
import { pages } from './queries.ts';

/* What an organisation sets up once: its numbers, dispositions, fields, and the lists of those who must not be reached. */

export type { Disposition, OwnedNumber };
type Listed<Answer> = Answer extends { items: (infer Item)[] } ? Item : never;
export type DncEntry = Listed<InferResponseType<typeof api.dnc.$get>>;
export type DncList = Listed<InferResponseType<typeof api.dnc.lists.$get>>;
export type Consent = Listed<InferResponseType<typeof api.consents.$get>>;

export const numbersQuery = queryOptions({
  queryKey: ['numbers'],
  queryFn: ({ signal }) => answerOf(api.numbers.$get({ query: { limit: 200 } }, until(signal))),
});

export type NewNumber = InferRequestType<typeof api.numbers.$post>['json'];
export type NumberChange = InferRequestType<(typeof api.numbers)[':id']['$patch']>['json'];

export function addNumber(json: NewNumber) {
  return answerOf(api.numbers.$post({ json }));
}

export function changeNumber(id: string, json: NumberChange) {
  return answerOf(api.numbers[':id'].$patch({ param: { id }, json }));
}

/** Also those that are archived. Under the key of the others, so that a change refreshes both. */
export const allDispositionsQuery = queryOptions({
  queryKey: ['dispositions', 'all'],
  queryFn: ({ signal }) => answerOf(api.dispositions.$get({ query: { archived: 'true' } }, until(signal))),
});

export type DispositionChange = InferRequestType<(typeof api.dispositions)[':code']['$patch']>['json'];

export function addDisposition(json: InferRequestType<typeof api.dispositions.$post>['json']) {
  return answerOf(api.dispositions.$post({ json }));
}

export function changeDisposition(code: string, json: DispositionChange) {
  return answerOf(api.dispositions[':code'].$patch({ param: { code }, json }));
}

export function addCustomField(json: InferRequestType<(typeof api)['custom-fields']['$post']>['json']) {
  return answerOf(api['custom-fields'].$post({ json }));
}

export function changeCustomField(
  id: string,
  json: InferRequestType<(typeof api)['custom-fields'][':id']['$patch']>['json'],
) {
  return answerOf(api['custom-fields'][':id'].$patch({ param: { id }, json }));
}

export const dncListsQuery = queryOptions({
  queryKey: ['dnc', 'lists'],
  queryFn: ({ signal }) => answerOf(api.dnc.lists.$get({}, until(signal))),
});

export const dncEntriesQuery = (phone: string) =>
  pages(['dnc', 'entries', phone], (query, options) =>
    answerOf(api.dnc.$get({ query: { ...(phone ? { phone } : { list: 'own' }), ...query } }, options)),
  );

export function addDncEntry(json: { phone: string; reason: string | null }) {
  return answerOf(api.dnc.$post({ json: { ...json, list: 'own' } }));
}

export function removeDncEntry(phone: string) {
  return answerOf(api.dnc[':list'][':phone'].$delete({ param: { list: 'own', phone } }));
}

export const consentsQuery = (phone: string) =>
  pages(['consents', phone], (query, options) =>
    answerOf(api.consents.$get({ query: { phone, ...query } }, options)),
  );

export type NewConsent = InferRequestType<typeof api.consents.$post>['json'];

export function recordConsent(json: NewConsent) {
  return answerOf(api.consents.$post({ json }));
}
