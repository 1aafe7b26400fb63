package io.github.x402sessions.samples.paidchat.chat;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The model that is configured, or the bot that needs none.
 */
@Configuration(proxyBeanMethods = false)
class BotConfiguration {

	@Bean
	ChatBot chatBot(ObjectProvider<ChatModel> model) {
		ChatModel configured = model.getIfAvailable();
		return (configured != null) ? new SpringAiBot(configured) : new ElizaBot();
	}

}
