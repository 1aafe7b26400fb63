package io.github.x402sessions.core.terms;

/**
 * The settings that {@link CommonTerms} are made of. Each way to set a server up has its
 * own name for them.
 */
public enum TermsSetting {

	/** The payment scheme. */
	SCHEME,

	/** The network. */
	NETWORK,

	/** The asset's contract id. */
	ASSET,

	/** The asset's decimals. */
	ASSET_DECIMALS,

	/** The address that is paid. */
	PAY_TO,

	/** The price of one route. */
	PRICE

}
