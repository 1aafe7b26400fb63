package io.github.x402sessions.samples.local;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Gives an application that has no facilitator, by {@code x402.facilitator.url} or
 * embedded, a {@link LocalStellar}, which is a bean then, and points its {@code x402}
 * configuration there. With a facilitator configured it does nothing. The ports are those
 * of {@code devnet.port}, {@code devnet.https-port} and {@code facilitator.port}.
 */
public final class EmbeddedDefault implements ApplicationContextInitializer<ConfigurableApplicationContext>,
		ApplicationListener<ApplicationEvent> {

	private final Function<LocalStellar, Map<String, Object>> more;

	private @Nullable LocalStellar stellar;

	private EmbeddedDefault(Function<LocalStellar, Map<String, Object>> more) {
		this.more = more;
	}

	/**
	 * Add it to an application that has not started.
	 * @param application the application
	 * @param more properties that it has, besides those of {@code x402}, where it runs on
	 * a ledger of its own
	 */
	public static void addTo(SpringApplication application, Function<LocalStellar, Map<String, Object>> more) {
		EmbeddedDefault embedded = new EmbeddedDefault(more);
		application.addInitializers(embedded);
		application.addListeners(embedded);
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		if (StringUtils.hasText(context.getEnvironment().getProperty("x402.facilitator.url"))
				|| context.getEnvironment().getProperty("x402.facilitator.embedded", Boolean.class, false)) {
			return;
		}
		LocalStellar started = LocalStellar.start(EmbeddedSettings.of(context.getEnvironment()));
		this.stellar = started;
		Map<String, Object> properties = new HashMap<>(this.more.apply(started));
		properties.put("x402.facilitator.url", started.facilitator().url().toString());
		properties.put("x402.facilitator.authorization", started.merchantAuthorization());
		properties.put("x402.pay-to", started.merchant());
		properties.put("x402.page.devnet-url", started.devnetUrl());
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("embeddedDefault", properties));
		context.getBeanFactory().registerSingleton("localStellar", started);
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (this.stellar != null && (event instanceof ContextClosedEvent || event instanceof ApplicationFailedEvent)) {
			this.stellar.close();
			this.stellar = null;
		}
	}

}
