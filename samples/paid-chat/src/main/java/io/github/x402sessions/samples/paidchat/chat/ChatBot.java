package io.github.x402sessions.samples.paidchat.chat;

import reactor.core.publisher.Flux;

/**
 * Replies to messages. Thread-safe.
 */
interface ChatBot {

	/**
	 * Return what the bot is called.
	 * @return a name that tells people what they talk to
	 */
	String name();

	/**
	 * Return what the bot charges.
	 * @return its tariff
	 */
	Tariff tariff();

	/**
	 * Reply to a message.
	 * @param message what was said
	 * @return a reply, piece by piece
	 */
	Flux<String> reply(String message);

}
