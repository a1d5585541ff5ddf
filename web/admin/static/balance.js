// Spreads what the locked weights leave of a whole over the others: the rule of game.Balance, which
// is held to the same examples (server/game/testdata/balance.json). It gives null where that leaves
// nothing to spread. Products of two weights do not fit a double, so it reckons in BigInt.
function balance(weights, locked) {
  let left = BigInt(scale);
  let loose = 0n;
  const free = [];
  weights.forEach((weight, i) => {
    if (locked[i]) left -= BigInt(weight);
    else {
      free.push(i);
      loose += BigInt(weight);
    }
  });
  if (left < 0n || (left > 0n && free.length === 0)) return null;
  const balanced = [...weights];
  let over = left;
  const lost = free.map((i) => {
    const weight = loose === 0n ? 1n : BigInt(weights[i]);
    const of = loose === 0n ? BigInt(free.length) : loose;
    balanced[i] = Number((left * weight) / of);
    over -= BigInt(balanced[i]);
    return { i, weight, part: (left * weight) % of };
  });
  const descending = (a, b) => (a < b ? 1 : a > b ? -1 : 0);
  lost.sort((a, b) => descending(a.part, b.part) || descending(a.weight, b.weight));
  for (const { i } of lost.slice(0, Number(over))) balanced[i]++;
  return balanced;
}
