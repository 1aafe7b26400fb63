package io.github.x402sessions.samples.paidchat.chat;

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
	 * Reply to a message.
	 * @param message what was said
	 * @return a reply
	 */
	String reply(String message);

}
