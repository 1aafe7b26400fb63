/** Amounts are BigInt base units inside and decimals of whole tokens outside. Never a Number. */

const DECIMALS = 7;

/** What somebody has typed as base units, or null where it is no amount that the token can have. */
export function toUnits(decimal, decimals = DECIMALS) {
	const match = /^(\d{1,9})(?:[.,](\d+))?$/.exec(decimal.trim());
	const fraction = match?.[2] ?? "";
	return match && fraction.length <= decimals ? BigInt(match[1] + fraction.padEnd(decimals, "0")) : null;
}

export function toDecimal(units, decimals = DECIMALS) {
	const digits = units.toString().padStart(decimals + 1, "0");
	const whole = digits.slice(0, digits.length - decimals);
	const fraction = digits.slice(whole.length).replace(/0+$/, "");
	return `${whole}.${fraction.padEnd(2, "0")}`;
}
