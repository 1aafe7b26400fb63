package io.github.x402sessions.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Puts a {@link ScriptedFacilitator} in place of the application's facilitator in a test
 * with {@code @SpringBootTest}, with or without a port, or with a slice such as
 * {@code @WebMvcTest}, whose handlers are charged then. {@code x402.pay-to} has a default
 * there, and payments of every kind are supported. Inject the {@code ScriptedFacilitator}
 * to script it; before each test it approves again and has forgotten all payments.
 *
 * @see WithPayment
 * @see MockPayment
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Import({ ScriptedFacilitatorConfiguration.class, PayingTestConfiguration.class })
@ImportAutoConfiguration
public @interface AutoConfigureX402 {

}
