package io.github.x402sessions.samples.agent.mcp;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modelcontextprotocol.spec.McpSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers calls of a tool: with its result, or with a refusal, as an object and as text.
 *
 * @param tool does it
 */
record ToolCallHandler(AgentTool tool) {

	private static final Logger logger = LoggerFactory.getLogger(ToolCallHandler.class);

	private static final JsonMapper JSON = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	McpSchema.CallToolResult handle(McpSchema.CallToolRequest request) {
		try {
			Map<String, Object> values = (request.arguments() != null) ? request.arguments() : Map.of();
			return result(this.tool.call(Arguments.of(values, this.tool.arguments())), false);
		}
		catch (RefusedException ex) {
			return result(ex.refusal(), true);
		}
		catch (RuntimeException ex) {
			logger.error("{} has failed", request.name(), ex);
			return result(Refusal.of(RefusalCode.INTERNAL, "the agent has failed; see its log"), true);
		}
	}

	private static McpSchema.CallToolResult result(Object value, boolean isError) {
		return McpSchema.CallToolResult
			.builder(List.of(McpSchema.TextContent.builder(JSON.writeValueAsString(value)).build()))
			.structuredContent(JSON.convertValue(value, new TypeReference<Map<String, Object>>() {
			}))
			.isError(isError)
			.build();
	}

}
