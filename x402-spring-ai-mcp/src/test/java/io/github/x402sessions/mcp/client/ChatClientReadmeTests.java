package io.github.x402sessions.mcp.client;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.ToolProvider;

import io.github.x402sessions.client.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the example of the module's README does what it says: it is compiled as it
 * stands there, and a model that wants a quote gets one that was paid for.
 */
class ChatClientReadmeTests {

	private static final String AROUND_IT = """
			%s
			public class Example {

				public static final java.util.List<String> asked = new java.util.ArrayList<>();

				%s

				static boolean confirm(String question) {
					return asked.add(question);
				}

			}
			""";

	@TempDir
	private Path folder;

	@Test
	void aModelGetsWhatItWantsAndTheServerItsMoney() throws Exception {
		try (QuoteServer server = new QuoteServer(); URLClassLoader compiled = compile()) {
			Class<?> example = compiled.loadClass("Example");
			X402McpClientAutoConfigurationTests.runner(server)
				.withUserConfiguration(example)
				.withBean(ChatModel.class, ChatClientReadmeTests::model)
				.withBean(Session.class, () -> X402McpClientAutoConfigurationTests.session(server.url()),
						(bean) -> bean.setDestroyMethodName(""))
				.run((context) -> {
					ChatClient agent = context.getBean(ChatClient.class);
					assertThat(agent.prompt("What does a share of ACME cost?").call().content()).contains("ACME 42.00");
					assertThat(server.payments).hasSize(1);
					assertThat(example.getField("asked").get(null)).isEqualTo(List.of("quote costs 0.1 USDC. Pay?"));
				});
		}
	}

	private URLClassLoader compile() throws IOException {
		Matcher example = Pattern
			.compile("## Paying for tools.*?```java\n((?:import [^\n]+\n)+)\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("README.md")));
		assertThat(example.find()).isTrue();
		Path source = Files.writeString(this.folder.resolve("Example.java"),
				AROUND_IT.formatted(example.group(1), example.group(2)));
		assertThat(ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-parameters", "-cp",
					System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
					source.toString()))
			.isZero();
		return new URLClassLoader(new URL[] { this.folder.toUri().toURL() });
	}

	/** Wants a quote, and says what it got. */
	private static ChatModel model() {
		return new ChatModel() {

			@Override
			public ChatOptions getOptions() {
				return ToolCallingChatOptions.builder().build();
			}

			@Override
			public ChatResponse call(Prompt prompt) {
				List<Message> messages = prompt.getInstructions();
				AssistantMessage answer = (messages.get(messages.size() - 1) instanceof ToolResponseMessage response)
						? new AssistantMessage(response.getResponses().get(0).responseData())
						: AssistantMessage.builder()
							.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "quote", "{}")))
							.build();
				return new ChatResponse(List.of(new Generation(answer)));
			}

		};
	}

}
