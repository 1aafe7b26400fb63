package io.github.x402sessions.samples.paidtools.agent;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.signing.SessionSigner;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * An agent that has a budget, as an application of its own: what its tools cost is paid
 * from a session, and there is nothing to be seen of it in how the tools are called.
 */
@SpringBootApplication
@EnableConfigurationProperties(AgentProperties.class)
public class SunAgent {

	/**
	 * Start it, let it answer what it is asked, and stop it.
	 * @param properties of {@code agent}, with what its {@code agent.yml} leaves open
	 * @param arguments more of Spring Boot's arguments
	 */
	public static void run(Map<String, Object> properties, String... arguments) {
		new SpringApplicationBuilder(SunAgent.class).properties("spring.config.name=agent")
			.properties(properties)
			.logStartupInfo(false)
			.run(arguments)
			.close();
	}

	/** The budget: the ledger lets nobody spend more of the account than this. */
	@Bean(destroyMethod = "close")
	Session session(AgentProperties agent, Narrator narrator) {
		return SessionClient.builder()
			.signer(SessionSigner.ofSecret(agent.secret()))
			.facilitator(agent.facilitator())
			.rpc(agent.rpc())
			.recipient(agent.recipient())
			.cap(agent.budget())
			.maxPerCall(agent.maxPerCall())
			.expiresIn(Duration.ofHours(1))
			.allowedOrigins(agent.server())
			.listener(narrator)
			.open();
	}

	@Bean
	ChatClient chat(ChatClient.Builder chat, ToolCallbackProvider tools, Narrator narrator) {
		return chat.defaultTools(Stream.of(tools.getToolCallbacks()).map(narrator::telling).toArray()).build();
	}

}
