package io.github.x402sessions.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Charges for a handler method of a Spring MVC controller. The method runs only for
 * requests whose payment was verified, and its answer leaves only once it is settled.
 *
 * <pre class="code">
 * &#64;PostMapping("/api/chat")
 * &#64;X402Price("0.10")
 * Reply chat(@RequestBody Message message) { … }
 * </pre>
 *
 * A wrong price fails the start of the application.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface X402Price {

	/**
	 * The price of a call in whole tokens of {@code x402.asset}, as a decimal.
	 * @return the price, such as {@code 0.10} or {@code $0.10}
	 */
	String value();

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

}
