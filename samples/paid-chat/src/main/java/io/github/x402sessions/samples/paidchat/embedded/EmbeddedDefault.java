package io.github.x402sessions.samples.paidchat.embedded;

import java.util.Map;

import io.github.x402sessions.samples.local.LocalSettings;
import io.github.x402sessions.samples.local.LocalStellar;
import org.jspecify.annotations.Nullable;
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
 * embedded, an {@link LocalStellar} and points its {@code x402} configuration there. With
 * a facilitator configured it does nothing.
 */
public final class EmbeddedDefault implements ApplicationContextInitializer<ConfigurableApplicationContext>,
		ApplicationListener<ApplicationEvent> {

	private @Nullable LocalStellar stellar;

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		if (StringUtils.hasText(context.getEnvironment().getProperty("x402.facilitator.url"))
				|| context.getEnvironment().getProperty("x402.facilitator.embedded", Boolean.class, false)) {
			return;
		}
		LocalSettings settings = EmbeddedSettings.of(context.getEnvironment());
		LocalStellar started = LocalStellar.start(settings);
		this.stellar = started;
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("embeddedDefault",
					Map.of("x402.facilitator.url", started.facilitator().url().toString(), "x402.pay-to",
							started.merchant(), "paid-chat.rpc-url", started.rpcUrl(), "paid-chat.explorer",
							"/transaction?hash={hash}", "paid-chat.ledger-interval", settings.ledgerInterval(),
							"paid-chat.demo-wallet", true)));
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
