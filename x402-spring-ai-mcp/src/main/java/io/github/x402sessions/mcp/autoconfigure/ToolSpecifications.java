package io.github.x402sessions.mcp.autoconfigure;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Lists of tools, as Spring AI takes them from beans.
 */
final class ToolSpecifications {

	private ToolSpecifications() {
	}

	/** Change each of a list; what changes nothing leaves the list as it is. */
	@SuppressWarnings("ReferenceEquality") // the very same
	static Object each(List<?> list, UnaryOperator<Object> change) {
		if (list.isEmpty() || list.contains(null)) {
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

}
