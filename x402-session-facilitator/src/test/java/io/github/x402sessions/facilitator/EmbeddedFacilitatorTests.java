package io.github.x402sessions.facilitator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.FacilitatorEvent;
import io.github.x402sessions.fixtures.Eventually;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.function.RouterFunction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * A resource server that brings its facilitator along.
 */
class EmbeddedFacilitatorTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withUserConfiguration(Application.class);

	@Test
	void nobodyGetsOneUnasked() {
		this.application.run((context) -> assertThat(context).doesNotHaveBean(Facilitator.class));
		this.application.withPropertyValues("x402.facilitator.embedded=false")
			.run((context) -> assertThat(context).doesNotHaveBean(FacilitatorServer.class));
	}

	@Test
	void applicationsOwnFacilitatorComesFirst() {
		this.application.withUserConfiguration(OwnFacilitator.class)
			.withPropertyValues("x402.facilitator.embedded=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FacilitatorServer.class));
	}

	@Test
	void serverSettlesWithoutHttpAndPayersFindTheirWay() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			environment.stop();
			this.application
				.withPropertyValues(environment.properties(Map.of("facilitator.port", "0"))
					.entrySet()
					.stream()
					.map((property) -> property.getKey() + "=" + property.getValue())
					.toArray(String[]::new))
				.withPropertyValues("x402.facilitator.embedded=true")
				.run((context) -> {
					assertThat(context).hasNotFailed();
					Facilitator facilitator = context.getBean(Facilitator.class);
					FacilitatorServer server = context.getBean(FacilitatorServer.class);
					assertThat(facilitator.supported().kind("session", "stellar:testnet").orElseThrow().extra())
						.containsEntry("facilitatorUrl", server.url().toString());
					environment.client = new FacilitatorClient(server.url());
					String id = environment.payer().session(1_000_000);
					FacilitatorRequest payment = WireJson.read(WireJson.write(Payments.of(environment, id, "100000")),
							FacilitatorRequest.class);
					assertThat(facilitator.verify(payment).isValid()).isTrue();
					SettleResponse settled = facilitator.settle(payment);
					assertThat(settled.success()).as("%s", settled).isTrue();
					assertThat(context).doesNotHaveBean(DataSource.class)
						.doesNotHaveBean(JdbcClient.class)
						.doesNotHaveBean(Flyway.class)
						.doesNotHaveBean(RouterFunction.class);
				});
			environment.start(Map.of());
		}
	}

	@Test
	void applicationHearsOfEventsUntilItTakesThem() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			environment.stop();
			this.application
				.withPropertyValues(environment
					.properties(Map.of("facilitator.port", "0", "facilitator.events.published", "true",
							"facilitator.events.interval", "20ms", "facilitator.events.first-retry", "20ms"))
					.entrySet()
					.stream()
					.map((property) -> property.getKey() + "=" + property.getValue())
					.toArray(String[]::new))
				.withPropertyValues("x402.facilitator.embedded=true")
				.withUserConfiguration(Listener.class)
				.run((context) -> {
					assertThat(context).hasNotFailed();
					environment.client = new FacilitatorClient(context.getBean(FacilitatorServer.class).url());
					String id = environment.payer().session(1_000_000);
					assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status())
						.isEqualTo(200);
					Listener listener = context.getBean(Listener.class);
					Eventually.isTrue(() -> listener.taken.size() == 2);
					assertThat(listener.taken).extracting(FacilitatorEvent::type)
						.containsExactly(EventType.SESSION_OPENED, EventType.PAYMENT_SETTLED);
					assertThat(listener.taken.get(1).data().settlement().amount()).isEqualTo("100000");
					assertThat(listener.calls).as("the first one was refused").hasValue(3);
				});
			environment.start(Map.of());
		}
	}

	@Test
	void wrongConfigurationStopsTheApplicationAndIsNamed() {
		this.application
			.withPropertyValues("x402.facilitator.embedded=true", "facilitator.secret=wrong", "facilitator.port=0",
					"facilitator.access.mode=open")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("facilitator.secret is not the secret seed of a Stellar account"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	static class Listener {

		private final List<FacilitatorEvent> taken = new CopyOnWriteArrayList<>();

		private final AtomicInteger calls = new AtomicInteger();

		@EventListener
		void hear(FacilitatorEvent event) {
			if (this.calls.getAndIncrement() == 0) {
				throw new IllegalStateException("not now");
			}
			this.taken.add(event);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFacilitator {

		@Bean
		Facilitator own() {
			return mock(Facilitator.class);
		}

	}

}
