/* Amounts are whole numbers of base units, never floating point; contracts of Stellar assets have seven decimals. */

const DECIMALS = 7;

const LEAST = 2;

const SYMBOLS = {
	"stellar:pubnet CCW67TSZV3SSS2HXMBQ5JFGCKJNXKZM7UQUWUZPUTHXSTZLEO7SJMI75": "USDC",
	"stellar:testnet CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA": "USDC",
};

/* Whole tokens, with two decimals at least. */
export function decimal(baseUnits) {
	const digits = baseUnits.toString().padStart(DECIMALS + 1, "0");
	const rest = digits.slice(-DECIMALS).replace(/0+$/, "").padEnd(LEAST, "0");
	return `${digits.slice(0, -DECIMALS)}.${rest}`;
}

export function symbol(network, asset) {
	return SYMBOLS[`${network} ${asset}`] ?? `${asset.slice(0, 4)}…${asset.slice(-4)}`;
}
