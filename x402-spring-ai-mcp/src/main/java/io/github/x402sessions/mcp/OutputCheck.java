package io.github.x402sessions.mcp;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the result of a tool against its output schema before it is paid for. The server
 * does the same afterwards, and would put an error without a receipt in the place of a
 * result that does not fit, or a copy without one of a result that is structured only.
 */
final class OutputCheck implements UnaryOperator<CallToolResult> {

	private static final Logger logger = LoggerFactory.getLogger(OutputCheck.class);

	private final String tool;

	private final @Nullable Map<String, Object> schema;

	OutputCheck(Tool tool) {
		this.tool = tool.name();
		this.schema = tool.outputSchema();
	}

	@Override
	public CallToolResult apply(CallToolResult result) {
		Map<String, Object> schema = this.schema;
		if (schema == null || ToolResults.isError(result)) {
			return result;
		}
		if (result.structuredContent() == null) {
			return unfit("it is not structured");
		}
		var validation = McpJsonDefaults.getSchemaValidator().validate(schema, result.structuredContent());
		if (!validation.valid()) {
			return unfit(validation.errorMessage());
		}
		return result.content().isEmpty()
				? new CallToolResult(List.of(TextContent.builder(validation.jsonStructuredOutput()).build()),
						result.isError(), result.structuredContent(), result.meta())
				: result;
	}

	private CallToolResult unfit(@Nullable String problem) {
		logger.warn("The result of tool '{}' does not fit its output schema and is withheld: {}", this.tool, problem);
		return ToolResults.error("The result of the tool does not fit its output schema.");
	}

}
