package io.github.x402sessions.test.devnet;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.facilitator.FacilitatorServer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Starts a ledger and a facilitator for the context of a test, before that starts. Two of
 * them that say the same are equal, so that Spring's cache of contexts shares them.
 *
 * @param ledgerInterval milliseconds between ledgers
 * @param funds decimal USDC of the payer
 */
record DevnetCustomizer(long ledgerInterval, String funds) implements ContextCustomizer {

	DevnetCustomizer {
		if (ledgerInterval < 1) {
			throw new IllegalArgumentException("@AutoConfigureX402Devnet: ledgerInterval must be 1 or more");
		}
		if (!funds.matches("[0-9]{1,9}(\\.[0-9]{1,7})?") || new BigDecimal(funds).signum() == 0) {
			throw new IllegalArgumentException(
					"@AutoConfigureX402Devnet: funds must be decimal USDC above 0, such as 25");
		}
	}

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration test) {
		StellarDevnet devnet = StellarDevnet.builder().ledgerInterval(Duration.ofMillis(this.ledgerInterval)).start();
		register(context, "x402Devnet", devnet, devnet::close);
		DevnetConnection connection = new DevnetConnection(devnet);
		register(context, "x402DevnetConnection", connection, connection);
		FacilitatorServer facilitator = FacilitatorServer.start(properties(context, connection));
		register(context, "x402DevnetFacilitator", facilitator, facilitator::close);
		context.getBeanFactory()
			.registerSingleton("x402DevnetPayer", new DevnetPayer(devnet, facilitator.url(), connection.merchant(),
					new BigDecimal(this.funds), context.getEnvironment()));
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource(AutoConfigureX402Devnet.class.getName(), Map.of("x402.facilitator.url",
					facilitator.url().toString(), "x402.pay-to", connection.merchant())));
	}

	private static Map<String, String> properties(ConfigurableApplicationContext context, DevnetConnection connection) {
		Map<String, String> properties = new HashMap<>();
		connection.accept((name, value) -> properties.put(name, String.valueOf(Objects.requireNonNull(value.get()))));
		Binder.get(context.getEnvironment())
			.bind("facilitator", Bindable.mapOf(String.class, String.class))
			.orElse(Map.of())
			.forEach((name, value) -> properties.put("facilitator." + name, value));
		properties.put("server.port", "0");
		properties.put("server.shutdown", "immediate");
		return properties;
	}

	/** What is registered last is ended first. */
	private static void register(ConfigurableApplicationContext context, String name, Object bean, DisposableBean end) {
		DefaultSingletonBeanRegistry beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
		beans.registerSingleton(name, bean);
		beans.registerDisposableBean(name, end);
	}

}
