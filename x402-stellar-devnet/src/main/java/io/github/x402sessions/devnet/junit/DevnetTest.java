package io.github.x402sessions.devnet.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a network of its own, fresh for the class and closed after it.
 * Parameters and fields of type {@link io.github.x402sessions.devnet.StellarDevnet} get
 * it, and those of type {@link org.stellar.sdk.KeyPair} that are {@link Funded} get an
 * account on it.
 *
 * <pre class="code">
 * &#64;DevnetTest
 * class PaymentTests {
 *
 *     &#64;Test
 *     void pays(StellarDevnet devnet, &#64;Funded("25") KeyPair payer) { … }
 *
 * }
 * </pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(DevnetExtension.class)
public @interface DevnetTest {

	/**
	 * The time between ledgers, which close by themselves: what a test calls may wait for
	 * one.
	 * @return milliseconds; 0 closes ledgers only by
	 * {@link io.github.x402sessions.devnet.StellarDevnet#closeLedger()}, so that a test
	 * decides what is in one
	 */
	long ledgerInterval() default 100;

}
