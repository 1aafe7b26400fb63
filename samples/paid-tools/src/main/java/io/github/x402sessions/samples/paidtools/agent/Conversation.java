package io.github.x402sessions.samples.paidtools.agent;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the agent what it is to be asked, and tells what it has left.
 */
@Component
class Conversation implements ApplicationRunner {

	/** Where a server says what a tool costs. */
	private static final String PRICE = "x402/payment-required";

	private final JsonMapper json = new JsonMapper();

	private final List<McpSyncClient> servers;

	private final ChatClient chat;

	private final Session session;

	private final AgentProperties agent;

	private final Narrator narrator;

	Conversation(List<McpSyncClient> servers, ChatClient chat, Session session, AgentProperties agent,
			Narrator narrator) {
		this.servers = servers;
		this.chat = chat;
		this.session = session;
		this.agent = agent;
		this.narrator = narrator;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		this.narrator.tell("tools", prices());
		tellBudget();
		for (String question : this.agent.questions()) {
			this.narrator.tell("you", question);
			this.narrator.tell("agent", Objects.requireNonNullElse(this.chat.prompt(question).call().content(), ""));
			tellBudget();
		}
	}

	private String prices() {
		return this.servers.stream()
			.flatMap((server) -> server.listTools().tools().stream())
			.map((tool) -> "%-12s%s".formatted(tool.name(), price(tool)))
			.collect(Collectors.joining("\n"));
	}

	private String price(Tool tool) {
		Object terms = (tool.meta() != null) ? tool.meta().get(PRICE) : null;
		if (terms == null) {
			return "free";
		}
		return this.json.convertValue(terms, PaymentRequired.class)
			.accepts()
			.stream()
			.map((accepted) -> Asset.describe(accepted.asset(), accepted.baseUnits()))
			.distinct()
			.collect(Collectors.joining(" or "));
	}

	private void tellBudget() {
		Asset asset = this.session.asset();
		this.narrator.tell("budget",
				asset.describe(this.session.remaining()) + " of " + asset.describe(this.session.cap()) + " left");
	}

}
