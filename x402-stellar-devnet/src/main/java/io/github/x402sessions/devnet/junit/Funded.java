package io.github.x402sessions.devnet.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks a {@link DevnetTest} for a new account with 10 000 XLM.
 */
@Target({ ElementType.PARAMETER, ElementType.FIELD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Funded {

	/**
	 * The amount of USDC that it has besides.
	 * @return decimal USDC; {@code 0} opens the trustline only, empty, the default, not
	 * even that
	 */
	String value() default "";

}
