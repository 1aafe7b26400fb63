package io.github.x402sessions.samples.paidtools.agent;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Questions and the answers of tools, as the model takes them.
 */
class RuleModelTests {

	private final RuleModel model = new RuleModel();

	@Test
	void aQuestionBecomesTheCallOfATool() {
		assertThat(asked("Which places do you know?")).isEqualTo("places {}");
		assertThat(asked("When does the sun rise in Lisbon on 2026-12-21?"))
			.isEqualTo("sun_times {\"place\":\"Lisbon\",\"date\":\"2026-12-21\"}");
		assertThat(asked("How is the sun in Tromsø for 10 days from 2026-12-21?"))
			.isEqualTo("sun_table {\"place\":\"Tromsø\",\"days\":10,\"from\":\"2026-12-21\"}");
	}

	@Test
	void whatNoToolIsForIsSaidSo() {
		assertThat(asked("How are you?")).isEqualTo("I have no tool for that.");
		assertThat(answer(new UserMessage("Which places do you know?"), "sun_times").getText())
			.isEqualTo("I have no tool for that.");
	}

	@Test
	void anAnswerIsReadOut() {
		assertThat(told("[{\"type\":\"text\",\"text\":\"[\\\"Oslo\\\",\\\"Lisbon\\\"]\"}]")).isEqualTo("Oslo, Lisbon");
		assertThat(told("[{\"type\":\"text\",\"text\":\"{\\\"place\\\":\\\"Tromsø\\\",\\\"sunrise\\\":null}\"}]"))
			.isEqualTo("Tromsø, none");
	}

	@Test
	void whatWasNotPaidForIsNotMadeUp() {
		assertThat(told("Error calling tool: [TextContent[text={\"x402Version\":2}]]"))
			.isEqualTo("I do not have that: it was not paid for.");
		assertThat(told("Error calling tool: no such place")).isEqualTo("I do not have that: the tool has failed.");
	}

	private String asked(String question) {
		AssistantMessage answer = answer(new UserMessage(question), "places", "sun_times", "sun_table");
		return answer.hasToolCalls()
				? answer.getToolCalls().get(0).name() + " " + answer.getToolCalls().get(0).arguments()
				: String.valueOf(answer.getText());
	}

	private String told(String response) {
		return String.valueOf(answer(ToolResponseMessage.builder()
			.responses(List.of(new ToolResponseMessage.ToolResponse("1", "places", response)))
			.build()).getText());
	}

	private AssistantMessage answer(Message message, String... tools) {
		ToolCallingChatOptions options = ToolCallingChatOptions.builder()
			.toolCallbacks(List.of(tools)
				.stream()
				.<ToolCallback>map(
						(tool) -> FunctionToolCallback.builder(tool, (input) -> "").inputType(String.class).build())
				.toList())
			.build();
		return this.model.call(new Prompt(message, options)).getResult().getOutput();
	}

}
