package io.github.x402sessions.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.x402sessions.core.terms.SettlementTiming;
import org.springframework.core.annotation.AliasFor;

/**
 * Charges for a handler method of a Spring MVC controller, or for all methods of one; a
 * method's own price wins over its class's. The method runs only for requests whose
 * payment was verified, and its answer leaves only once it is settled.
 *
 * <pre class="code">
 * &#64;PostMapping("/api/chat")
 * &#64;X402Price("0.10")
 * Reply chat(@RequestBody Message message, Payment payment) { … }
 * </pre>
 *
 * It can be composed into annotations of the application's own. All texts may hold
 * placeholders, such as <code>${chat.price}</code>. What is left out is taken from the
 * {@code x402} properties. Anything wrong fails the start of the application.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface X402Price {

	/**
	 * The price of a call in whole tokens of the asset, as a decimal.
	 * @return the price, such as {@code 0.10} or {@code $0.10}; empty if it comes from
	 * {@link #accepts} or {@link #priceFrom}
	 */
	@AliasFor("price")
	String value() default "";

	/**
	 * The price of a call, in whole tokens of the asset, as a decimal.
	 * @return the price, such as {@code 0.10} or {@code $0.10}
	 */
	@AliasFor("value")
	String price() default "";

	/**
	 * The type of the bean that prices each request, in place of {@link #price}.
	 * @return the type; exactly one bean of it has to exist
	 */
	Class<? extends RequestPricer> priceFrom() default RequestPricer.class;

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

	/**
	 * More ways to pay, the preferred first. If there is a {@link #price} too, that is
	 * the first of them.
	 * @return the ways to pay
	 */
	X402Accept[] accepts() default {};

	/**
	 * Who pays nothing, as an expression of Spring Security's for requests. Whoever is
	 * not logged in pays, whatever it says. It may use the variables of the method's
	 * path, such as {@code #owner == authentication.name}.
	 * @return the expression, such as {@code hasRole('MEMBER')}; empty for nobody
	 */
	String freeFor() default "";

	/**
	 * How many calls a day each caller has for nothing, before he pays. Each method has
	 * its own count.
	 * @return the number, 0 to 1 000 000; 0 for none
	 */
	int freePerDay() default 0;

	/**
	 * When payments are settled.
	 * @return at most one timing; empty for {@code x402.settlement}
	 */
	SettlementTiming[] settlement() default {};

	/**
	 * What is sold, for people.
	 * @return the description; empty for none
	 */
	String description() default "";

	/**
	 * The media type of the answer.
	 * @return the media type; empty for none
	 */
	String mimeType() default "";

	/**
	 * Whether catalogues are told of the call, by its challenges and in
	 * {@code /.well-known/x402}.
	 * @return at most one value; empty for {@code x402.discovery.enabled}
	 */
	boolean[] discoverable() default {};

}
