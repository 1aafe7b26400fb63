package io.github.x402sessions.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has all requests of a test, or of all tests of a class, paid for, as
 * {@link MockPayment} does with one: with MockMvc or a real port, whatever the client. A
 * test's own annotation wins over its class's. A request that carries a payment by itself
 * is left alone. Takes {@link AutoConfigureX402}.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface WithPayment {

	/**
	 * Who pays.
	 * @return the payer's address; empty for {@link ScriptedFacilitator#PAYER}
	 */
	String from() default "";

	/**
	 * Which of the ways to pay is taken.
	 * @return the payment scheme; empty for the first way
	 */
	String scheme() default "";

	/**
	 * Which of the ways to pay is taken.
	 * @return the network as a CAIP-2 id; empty for the first way
	 */
	String network() default "";

	/**
	 * What is paid in place of what is asked.
	 * @return the amount in base units; empty for what is asked
	 */
	String amount() default "";

	/**
	 * Why the payment is refused when it is verified.
	 * @return the reason on the wire; empty where it is not
	 */
	String refused() default "";

	/**
	 * Why the payment is refused when it is settled.
	 * @return the reason on the wire; empty where it is not
	 */
	String unsettled() default "";

	/**
	 * Whether requests are paid for at all.
	 * @return {@code false} on a test whose class has them paid for
	 */
	boolean enabled() default true;

}
