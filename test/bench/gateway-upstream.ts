/** Plays the platform: answers each request at once. */
import { createServer } from 'node:http';
import { ANSWER } from './gateway-offer.js';
import { serve } from './gateway-serve.js';

const BODY = JSON.stringify({ answer: ANSWER });
const HEADERS = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(BODY) };

serve(
  createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(200, HEADERS).end(BODY));
  }),
);
