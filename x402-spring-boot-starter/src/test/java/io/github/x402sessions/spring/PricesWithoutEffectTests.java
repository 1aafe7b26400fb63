package io.github.x402sessions.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Proxy;

import io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration;
import io.github.x402sessions.spring.autoconfigure.X402PricesAutoConfiguration;
import io.github.x402sessions.spring.autoconfigure.X402ServletAutoConfiguration;
import io.github.x402sessions.spring.autoconfigure.X402WebMvcAutoConfiguration;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link X402Price} on what no handler mapping runs: the application does not start,
 * because nothing there would be charged.
 */
class PricesWithoutEffectTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DispatcherServletAutoConfiguration.class,
				WebMvcAutoConfiguration.class, X402AutoConfiguration.class, X402ServletAutoConfiguration.class,
				X402WebMvcAutoConfiguration.class, X402PricesAutoConfiguration.class))
		.withPropertyValues("x402.pay-to=GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG",
				"x402.facilitator.url=http://localhost:4021");

	@ParameterizedTest
	@CsvSource({ "Reports, Reports#report: no handler", "Functions, Functions#answer: no handler",
			"Job, Job: no handler mapping runs a method of this class", "Sleepy, Sleepy#report: no handler",
			"Prototype, Prototype#report: no handler", "Composed, Composed#report: no handler",
			"Inheriting, Inheriting#report: no handler", "Advised, Reports#report: no handler" })
	void theApplicationDoesNotStart(String bean, String message) throws Exception {
		this.runner.withUserConfiguration(Class.forName(getClass().getName() + "$" + bean))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidX402ConfigurationException.class)
				.hasMessageContaining(message)
				.satisfies((failure) -> assertThat(((InvalidX402ConfigurationException) failure).action())
					.contains("x402.routes")));
	}

	@Test
	void aClientMadeOfTheInterfaceOfAControllerIsNoPrice() {
		this.runner.withUserConfiguration(Api.class, Client.class, Delegate.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Service
	static class Reports implements Runnable {

		@X402Price("0.10")
		String report() {
			return "";
		}

		@Override
		public void run() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Functions {

		@Bean
		RouterFunction<ServerResponse> routes() {
			return RouterFunctions.route().GET("/function", this::answer).build();
		}

		@X402Price("0.10")
		ServerResponse answer(ServerRequest request) {
			return ServerResponse.ok().build();
		}

	}

	@Component
	@X402Price("0.10")
	static class Job {

		void work() {
		}

	}

	@Service
	@Lazy
	static class Sleepy {

		@X402Price("0.10")
		String report() {
			return "";
		}

	}

	@Service
	@Scope("prototype")
	static class Prototype {

		@X402Price("0.10")
		String report() {
			return "";
		}

	}

	@Service
	static class Composed {

		@TenCents
		String report() {
			return "";
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@X402Price("0.10")
	@interface TenCents {

	}

	@Service
	static class Inheriting extends Reports {

	}

	@Configuration(proxyBeanMethods = false)
	static class Advised {

		@Bean
		Runnable advised() {
			ProxyFactory factory = new ProxyFactory(new Reports());
			factory.setInterfaces(Runnable.class);
			factory.addAdvice((MethodInterceptor) (invocation) -> invocation.proceed());
			return (Runnable) factory.getProxy();
		}

	}

	interface Contract {

		@GetMapping("/contract")
		@X402Price("0.10")
		String answer();

	}

	@RestController
	static class Api implements Contract {

		@Override
		public String answer() {
			return "";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Client {

		@Bean
		Contract client() {
			return (Contract) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Contract.class },
					(proxy, method, arguments) -> null);
		}

	}

	@Service
	static class Delegate implements Contract {

		@Override
		public String answer() {
			return "";
		}

	}

}
