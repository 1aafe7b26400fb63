package io.github.x402sessions.samples.paidchat.embedded;

import io.github.x402sessions.samples.local.LocalStellar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/**
 * Tells a person at the console what runs and what to try.
 */
@Component
class WhatToTry implements ApplicationListener<ApplicationReadyEvent> {

	private final ObjectProvider<LocalStellar> stellar;

	WhatToTry(ObjectProvider<LocalStellar> stellar) {
		this.stellar = stellar;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		String chat = "http://localhost:"
				+ event.getApplicationContext().getEnvironment().getProperty("local.server.port", "8080");
		this.stellar.ifAvailable((embedded) -> System.out.println(text(chat, embedded)));
	}

	private static String text(String chat, LocalStellar embedded) {
		return """

				Paid chat is ready. Chat, facilitator and ledger run in this process.

				  chat         %1$s   (open it in a browser)
				               POST /api/chat 0.10   POST /api/slot 0.10   GET /api/quote 0.01   GET /api/free
				  facilitator  %2$s
				  ledger       %3$s
				               %5$s   (for Node: NODE_EXTRA_CA_CERTS=%6$s)
				  paid to      %4$s

				Ask for a quote and see what it costs:

				  curl -i %1$s/api/quote

				Let an agent open a session and pay for ten of them:

				  java -jar samples/session-agent/target/session-agent.jar --url %1$s/api/quote --calls 10
				""".formatted(chat, embedded.facilitator().url(), embedded.rpcUrl(), embedded.merchant(),
				embedded.httpsRpcUrl(), embedded.caFile());
	}

}
