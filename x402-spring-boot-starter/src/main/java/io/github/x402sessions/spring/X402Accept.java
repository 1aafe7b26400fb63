package io.github.x402sessions.spring;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One of several ways to pay a {@link X402Price}. What is left out is taken from the
 * {@code x402} properties. All texts may hold placeholders.
 */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface X402Accept {

	/**
	 * The price in whole tokens of the asset, as a decimal.
	 * @return the price, such as {@code 0.10}
	 */
	String price();

	/**
	 * The asset.
	 * @return its contract id; empty for {@code x402.asset}
	 */
	String asset() default "";

	/**
	 * The decimals of the asset.
	 * @return the number; empty for {@code x402.asset-decimals} or those of USDC
	 */
	String assetDecimals() default "";

	/**
	 * The network.
	 * @return a CAIP-2 id; empty for {@code x402.network}
	 */
	String network() default "";

	/**
	 * The payment scheme.
	 * @return the scheme; empty for {@code x402.scheme}
	 */
	String scheme() default "";

	/**
	 * Who is paid.
	 * @return an address; empty for {@code x402.pay-to}
	 */
	String payTo() default "";

}
