package io.github.x402sessions.samples.paidchat.embedded;

import org.springframework.context.ApplicationContext;

/**
 * Pulls the plug of the facilitator that runs beside the chat.
 */
public final class EmbeddedFacilitator {

	private EmbeddedFacilitator() {
	}

	public static void stop(ApplicationContext application) {
		application.getBean(EmbeddedStellar.class).facilitator().close();
	}

}
