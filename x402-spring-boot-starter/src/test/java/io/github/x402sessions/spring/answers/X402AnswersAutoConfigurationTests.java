package io.github.x402sessions.spring.answers;

import java.time.Duration;

import javax.sql.DataSource;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.ShopDatabase;
import io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers are shared where that is asked for, and nowhere else.
 */
class X402AnswersAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(X402AnswersAutoConfiguration.class, X402AutoConfiguration.class,
				X402AnswersHealthAutoConfiguration.class, X402AnswersMetricsAutoConfiguration.class))
		.withPropertyValues("x402.pay-to=GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG",
				"x402.facilitator.url=http://localhost:1");

	private final ApplicationContextRunner full = this.runner
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
		.withBean(DataSource.class, () -> ShopDatabase.of(ShopDatabase.Kind.SQLITE));

	@Test
	void whatIsThereForOtherReasonsKeepsNoAnswers() {
		try (CapturedLog log = CapturedLog.of(X402AutoConfiguration.class, Level.INFO)) {
			this.full.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RedisConnectionFactory.class)
				.hasSingleBean(ResponseStore.class)
				.doesNotHaveBean(SharedAnswers.class)
				.doesNotHaveBean("x402AnswersHealthIndicator")
				.doesNotHaveBean("x402AnswersMeters"));
			assertThat(log.messages())
				.contains("Answers for clients that ask again are kept in the memory of this instance for PT10M");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis", "jdbc" })
	void whatIsAskedForKeepsThemAndSaysSo(String store) {
		try (CapturedLog log = CapturedLog.of(SharedAnswers.class, Level.INFO)) {
			this.full.withPropertyValues("x402.answers.store=" + store)
				.run((context) -> assertThat(context).hasNotFailed()
					.hasSingleBean(SharedResponseStore.class)
					.hasSingleBean(BoundedFreeCalls.class)
					.hasSingleBean(ResponseStore.class)
					.hasBean("x402AnswersHealthIndicator")
					.hasBean("x402AnswersMeters"));
			assertThat(log.messages()).singleElement()
				.asString()
				.startsWith("Answers for clients that ask again are kept in "
						+ (store.equals("redis") ? "Redis" : "the database") + " for PT10M, not encrypted");
		}
		this.full.withPropertyValues("x402.answers.store=" + store, "x402.answers.on-failure=forget")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ResponseStore.class)
				.doesNotHaveBean(SharedResponseStore.class)
				.hasSingleBean(SharedAnswers.class));
	}

	@Test
	void redisIsLookedForSoonUnlessTheApplicationWantsOtherwise() {
		Duration second = Duration.ofSeconds(1);
		try (CapturedLog log = CapturedLog.of(LettuceReconnection.class, Level.WARN)) {
			ApplicationContextRunner redis = this.full.withPropertyValues("x402.answers.store=redis");
			redis.run((context) -> assertThat(pause(context)).isEqualTo(second));
			redis
				.withBean(ClientResourcesBuilderCustomizer.class,
						() -> (resources) -> resources.reconnectDelay(Delay.constant(Duration.ofMillis(7))))
				.run((context) -> assertThat(pause(context)).hasMillis(7));
			assertThat(log.messages()).isEmpty();
			redis.withBean(ClientResources.class, ClientResources::create)
				.run((context) -> assertThat(pause(context)).isGreaterThan(second));
			assertThat(log.messages()).singleElement().asString().contains("reconnectDelay");
		}
		this.full.run((context) -> assertThat(pause(context)).isGreaterThan(second));
	}

	private static Duration pause(ApplicationContext context) {
		return context.getBean(ClientResources.class).reconnectDelay().createDelay(30);
	}

	@Test
	void anOwnStoreTakesThePlace() {
		ResponseStore own = ResponseStore.inMemory();
		this.full.withPropertyValues("x402.answers.store=redis")
			.withBean(ResponseStore.class, () -> own)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(SharedAnswers.class);
				assertThat(context.getBean(ResponseStore.class)).isSameAs(own);
			});
		this.full.withPropertyValues("x402.answers.store=redis", "x402.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ResponseStore.class));
	}

	@Test
	void whatIsMissingIsNamed() {
		refused("redis", "there is no RedisConnectionFactory", this.runner);
		refused("jdbc", "there is no DataSource", this.runner);
		refused("redis", RedisConnectionFactory.class.getName(),
				this.runner.withClassLoader(new FilteredClassLoader("org.springframework.data.redis")));
		for (Class<?> missing : new Class<?>[] { Flyway.class, JdbcTemplate.class }) {
			refused("jdbc", missing.getName(), this.runner.withClassLoader(new FilteredClassLoader(missing)));
		}
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.data.redis", "org.flywaydb",
					"org.springframework.jdbc", "io.micrometer.core.instrument.MeterRegistry",
					"org.springframework.boot.health.contributor.HealthIndicator"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ResponseStore.class));
	}

	private static void refused(String store, String problem, ApplicationContextRunner runner) {
		runner.withPropertyValues("x402.answers.store=" + store)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidX402ConfigurationException.class)
				.hasMessageStartingWith("x402.answers.store: is " + store + ", but " + problem));
	}

	@Test
	void whatIsSharedIsKeptForTwoLeases() {
		for (String store : new String[] { "redis", "jdbc" }) {
			ApplicationContextRunner shop = this.full.withPropertyValues("x402.answers.store=" + store,
					"x402.answers.lease=3s");
			shop.withPropertyValues("x402.answers.retention=5999ms")
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.hasMessageStartingWith("x402.answers.retention must be at least twice x402.answers.lease"));
			shop.withPropertyValues("x402.answers.retention=6s").run((context) -> assertThat(context).hasNotFailed());
		}
		this.full.withPropertyValues("x402.answers.retention=1s").run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "timeout=1ms", "timeout=2m", "lease=10ms", "lease=2h", "retention=0s", "retention=59s",
			"encryption-key=c2VjcmV0", "store=disk", "on-failure=hope" })
	void aWrongValueIsNamed(String property) {
		this.full.withPropertyValues("x402.answers.store=jdbc")
			.withPropertyValues("x402.answers." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.satisfiesAnyOf(
						(cause) -> assertThat(cause).hasMessageContaining("x402.answers." + property.split("=")[0]),
						(cause) -> assertThat(cause).hasMessageContaining("No enum constant")));
	}

}
