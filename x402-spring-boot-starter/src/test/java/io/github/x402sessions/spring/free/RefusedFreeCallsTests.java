package io.github.x402sessions.spring.free;

import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration;
import io.github.x402sessions.spring.autoconfigure.X402ServletAutoConfiguration;
import io.github.x402sessions.spring.autoconfigure.X402WebMvcAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.web.access.expression.WebExpressionAuthorizationManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What could never be kept, or be kept by accident alone, stops the start with the name
 * of the method or the property.
 */
class RefusedFreeCallsTests {

	private final WebApplicationContextRunner insecure = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DispatcherServletAutoConfiguration.class,
				WebMvcAutoConfiguration.class, X402AutoConfiguration.class, X402FreeAutoConfiguration.class,
				X402ServletAutoConfiguration.class, X402WebMvcAutoConfiguration.class))
		.withPropertyValues("x402.pay-to=GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG",
				"x402.facilitator.url=http://localhost:1");

	private final WebApplicationContextRunner runner = this.insecure
		.withConfiguration(AutoConfigurations.of(SecurityAutoConfiguration.class,
				ServletWebSecurityAutoConfiguration.class, SecurityFilterAutoConfiguration.class));

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			x402.routes[0].free-for=hasRole('MEMBER'              | x402.routes[0].free-for | is not an expression
			x402.routes[0].free-for=#owner == authentication.name | x402.routes[0].free-for | no variable of its path
			x402.routes[0].free-per-day=-1                        | x402.routes[0].free-per-day | -1 free calls a day
			x402.routes[0].free-per-day=1000001                   | x402.routes[0].free-per-day | 1000001 free calls
			""")
	void aRouteIsNamed(String property, String place, String problem) {
		refused(this.runner.withPropertyValues("x402.routes[0].path=/docs/{owner}", "x402.routes[0].price=0.01",
				property), place, problem);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			free=hasRole(                   | is not an expression
			free=#other == 'x'              | names #other
			free=@beans.is(#owner, #secret) | names #secret
			free=MEMBER                     | names MEMBER
			free=hasRol('MEMBER')           | names hasRol()
			free=permitAll and fool(principal.name) | names fool()
			""")
	void aMethodIsNamed(String property, String problem) {
		refused(this.runner.withBean(Documents.class).withPropertyValues(property),
				"@X402Price on " + Documents.class.getName() + "#docs", problem);
	}

	@Test
	void nobodyIsKnownWithoutSpringSecurity() {
		WebApplicationContextRunner free = this.insecure.withBean(Documents.class)
			.withPropertyValues("free=hasRole('MEMBER')");
		refused(free, "Documents#docs", "no filter chain of Spring Security's");
		refused(free.withClassLoader(new FilteredClassLoader(WebExpressionAuthorizationManager.class)),
				"Documents#docs", "no Spring Security that knows them");
	}

	@Test
	void nobodyIsKnownInFrontOfSpringSecurity() {
		WebApplicationContextRunner free = this.runner.withBean(Documents.class)
			.withPropertyValues("free=hasRole('MEMBER')");
		free.run((context) -> assertThat(context).hasNotFailed());
		refused(free.withPropertyValues("spring.security.filter.order=-90"), "Documents#docs",
				"stands in front of Spring Security's");
	}

	@Test
	void aMethodThatNeedsAPaymentIsNeverFree() {
		refused(this.runner.withBean(Paid.class), "Paid#paid", "there is no payment for those");
		refused(this.runner.withBean(Streaming.class), "Streaming#stream", "there is no payment for those");
	}

	private static void refused(WebApplicationContextRunner runner, String place, String problem) {
		runner.run((context) -> {
			assertThat(context).hasFailed();
			assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
				.isInstanceOf(InvalidX402ConfigurationException.class)
				.hasMessageContaining(place)
				.hasMessageContaining(problem);
		});
	}

	@RestController
	static class Documents {

		@GetMapping("/docs/{owner}")
		@X402Price(price = "0.10", freeFor = "${free}")
		String docs() {
			return "goods";
		}

	}

	@RestController
	static class Paid {

		@GetMapping("/paid")
		@X402Price(price = "0.10", freePerDay = 1)
		String paid(Payment payment) {
			return "goods";
		}

	}

	@RestController
	static class Streaming {

		@GetMapping("/stream")
		@X402Price(price = "0.10", freePerDay = 1)
		String stream(MeteredPayment payment) {
			return "goods";
		}

	}

}
