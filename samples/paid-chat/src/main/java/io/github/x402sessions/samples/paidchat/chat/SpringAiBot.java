package io.github.x402sessions.samples.paidchat.chat;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import reactor.core.publisher.Flux;

/**
 * A language model behind Spring AI, charged by length.
 */
class SpringAiBot implements ChatBot {

	private static final String MANNERS = "You are a friendly chat bot whose replies are paid for one by one. "
			+ "Be helpful and brief: a few sentences.";

	private final ChatClient client;

	private final String name;

	SpringAiBot(ChatModel model) {
		this.client = ChatClient.builder(model).defaultSystem(MANNERS).build();
		String configured = model.getOptions().getModel();
		this.name = (configured != null) ? configured : "language model";
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Tariff tariff() {
		return Tariff.metered("0.02", 200);
	}

	@Override
	public Flux<String> reply(String message) {
		return this.client.prompt().user(message).stream().content();
	}

}
