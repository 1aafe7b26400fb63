package io.github.x402sessions.samples.paidtools.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model that needs no key: it finds by patterns which tool a question is for, has it
 * called and reads its answer out. It knows no price and no payment.
 */
@Component
@ConditionalOnProperty(name = "spring.ai.model.chat", havingValue = "none")
class RuleModel implements ChatModel {

	private static final List<Rule> RULES = List.of(
			new Rule(Pattern.compile("\\bin (?<place>\\p{L}+) for (?<days>[0-9]{1,4}) days from (?<from>[-0-9]+)"),
					"sun_table"),
			new Rule(Pattern.compile("\\bin (?<place>\\p{L}+) on (?<date>[-0-9]+)"), "sun_times"),
			new Rule(Pattern.compile("\\bplaces\\b"), "places"));

	private final JsonMapper json = new JsonMapper();

	@Override
	public ChatResponse call(Prompt prompt) {
		Message last = prompt.getLastUserOrToolResponseMessage();
		AssistantMessage reply = (last instanceof ToolResponseMessage answer) ? readOut(answer) : decide(last, prompt);
		return new ChatResponse(List.of(new Generation(reply)));
	}

	@Override
	public ChatOptions getOptions() {
		return ToolCallingChatOptions.builder().model("rules").build();
	}

	private AssistantMessage decide(Message question, Prompt prompt) {
		String text = Objects.requireNonNullElse(question.getText(), "");
		return RULES.stream()
			.flatMap((rule) -> rule.arguments(text)
				.flatMap((arguments) -> tool(rule.tool(), prompt).map((name) -> call(name, arguments)))
				.stream())
			.findFirst()
			.orElseGet(() -> new AssistantMessage("I have no tool for that."));
	}

	/** Tools may be named after their server as well. */
	private static Optional<String> tool(String name, Prompt prompt) {
		return (prompt.getOptions() instanceof ToolCallingChatOptions options && options.getToolCallbacks() != null)
				? options.getToolCallbacks()
					.stream()
					.map((tool) -> tool.getToolDefinition().name())
					.filter((known) -> known.endsWith(name))
					.findFirst()
				: Optional.empty();
	}

	private AssistantMessage call(String tool, Map<String, Object> arguments) {
		return AssistantMessage.builder()
			.toolCalls(List.of(new AssistantMessage.ToolCall(UUID.randomUUID().toString(), "function", tool,
					this.json.writeValueAsString(arguments))))
			.build();
	}

	private AssistantMessage readOut(ToolResponseMessage answers) {
		return new AssistantMessage(answers.getResponses()
			.stream()
			.map((answer) -> words(answer.responseData()))
			.collect(Collectors.joining("\n")));
	}

	private String words(String answer) {
		try {
			return words(this.json.readTree(this.json.readTree(answer).path(0).path("text").asString()));
		}
		catch (JacksonException ex) {
			return answer.contains("x402Version") ? "I do not have that: it was not paid for."
					: "I do not have that: the tool has failed.";
		}
	}

	private static String words(JsonNode content) {
		String between = content.path(0).isObject() ? "\n" : ", ";
		return content.isContainer() ? content.valueStream().map(RuleModel::words).collect(Collectors.joining(between))
				: content.asString("none");
	}

	/**
	 * A kind of question.
	 *
	 * @param pattern what it looks like; its groups are the tool's arguments
	 * @param tool which tool answers it
	 */
	private record Rule(Pattern pattern, String tool) {

		private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-z]+)>");

		Optional<Map<String, Object>> arguments(String question) {
			Matcher matcher = this.pattern.matcher(question);
			if (!matcher.find()) {
				return Optional.empty();
			}
			Map<String, Object> arguments = new LinkedHashMap<>();
			GROUP.matcher(this.pattern.pattern()).results().map((group) -> group.group(1)).forEach((name) -> {
				String value = matcher.group(name);
				arguments.put(name, name.equals("days") ? Integer.valueOf(value) : value);
			});
			return Optional.of(arguments);
		}

	}

}
