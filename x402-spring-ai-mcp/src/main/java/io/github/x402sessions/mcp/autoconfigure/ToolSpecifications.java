package io.github.x402sessions.mcp.autoconfigure;

import java.util.List;
import java.util.function.UnaryOperator;

import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import org.jspecify.annotations.Nullable;

/**
 * Lists of tools, as Spring AI takes them from beans.
 */
final class ToolSpecifications {

	private ToolSpecifications() {
	}

	/** Change each of a list of tools; any other is left as it is. */
	@SuppressWarnings("ReferenceEquality") // the very same
	static Object each(List<?> list, UnaryOperator<Object> change) {
		if (!list.stream().allMatch(ToolSpecifications::isTool)) {
			return list;
		}
		List<Object> changed = list.stream().map((tool) -> change.apply((Object) tool)).toList();
		for (int i = 0; i < changed.size(); i++) {
			if (changed.get(i) != list.get(i)) {
				return changed;
			}
		}
		return list;
	}

	private static boolean isTool(@Nullable Object element) {
		return element instanceof McpServerFeatures.SyncToolSpecification
				|| element instanceof McpServerFeatures.AsyncToolSpecification
				|| element instanceof McpStatelessServerFeatures.SyncToolSpecification
				|| element instanceof McpStatelessServerFeatures.AsyncToolSpecification;
	}

}
