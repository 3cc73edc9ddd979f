import { Refusal } from '../../src/domain/refusal';
import { decodePageToken, encodePageToken } from '../../src/services/page-token';

const token = encodePageToken('0:place', 'query', 'local');

function problem(text: string, query = 'query', principal = 'local'): unknown {
  try {
    return decodePageToken(text, query, principal);
  } catch (fault) {
    return fault;
  }
}

it('names the place that it was made for', () => {
  expect(decodePageToken(token, 'query', 'local')).toBe('0:place');
  expect(decodePageToken('', 'query', 'local')).toBeUndefined();
});

it('is refused for another query or another principal', () => {
  for (const fault of [problem(token, 'other'), problem(token, 'query', 'eve'), problem(token, 'localquery', '')]) {
    expect(fault).toBeInstanceOf(Refusal);
    expect((fault as Refusal).details.fields).toMatchObject([{ field: 'page_token' }]);
  }
});

it('is refused with any one character changed, cut off or added', () => {
  for (let i = 0; i < token.length; i++) {
    const other = token[i] === 'A' ? 'B' : 'A';
    expect(problem(token.slice(0, i) + other + token.slice(i + 1))).toBeInstanceOf(Refusal);
    expect(problem(token.slice(0, i) || 'x')).toBeInstanceOf(Refusal);
  }
  expect(problem(`${token}A`)).toBeInstanceOf(Refusal);
  expect(problem(`${token}=`)).toBeInstanceOf(Refusal);
  expect(problem('x'.repeat(1_000_000))).toBeInstanceOf(Refusal);
});
