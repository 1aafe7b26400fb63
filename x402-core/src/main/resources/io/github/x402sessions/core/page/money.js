/** Amounts are BigInt base units inside and decimals of whole tokens outside. Never a Number. */

const DECIMALS = 7;

const UNIT = 10n ** BigInt(DECIMALS);

export function toUnits(decimal) {
	const match = /^(\d{1,9})(?:[.,](\d{1,7}))?$/.exec(decimal.trim());
	return match ? BigInt(match[1]) * UNIT + BigInt((match[2] ?? "").padEnd(DECIMALS, "0")) : null;
}

export function toDecimal(units) {
	const fraction = (units % UNIT).toString().padStart(DECIMALS, "0").replace(/0+$/, "");
	return `${units / UNIT}.${fraction.padEnd(2, "0")}`;
}
