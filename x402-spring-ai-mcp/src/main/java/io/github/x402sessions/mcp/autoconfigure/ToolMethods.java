package io.github.x402sessions.mcp.autoconfigure;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Price;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpComplete;
import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * The methods that Spring AI makes tools of, and their prices.
 */
final class ToolMethods {

	private ToolMethods() {
	}

	/**
	 * Find the priced tools of a class.
	 * @throws InvalidX402ConfigurationException if it has a price on something of MCP
	 * that is no tool
	 */
	static Collection<Method> priced(Class<?> type) {
		if (type.isInterface() || !AnnotationUtils.isCandidateClass(type, List.of(McpTool.class, X402Price.class))) {
			return List.of();
		}
		List<Method> methods = ofMcp(type);
		for (Method method : methods) {
			if (!isTool(method) && findPrice(type, method) != null) {
				throw new InvalidX402ConfigurationException(place(type, method), "only tools of MCP are sold",
						"Put the price on methods with @McpTool, and leave it off resources, prompts and completions.");
			}
		}
		return methods.stream().filter((method) -> findPrice(type, method) != null).toList();
	}

	/**
	 * Tell whether an annotation stands on a method of MCP, or on a class that has some.
	 */
	static boolean isOfMcp(AnnotatedElement element) {
		return (element instanceof Method method) ? isOfMcp(method)
				: element instanceof Class<?> type && !ofMcp(type).isEmpty();
	}

	private static List<Method> ofMcp(Class<?> type) {
		return Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type)).filter(ToolMethods::isOfMcp).toList();
	}

	private static boolean isOfMcp(Method method) {
		return isTool(method) || method.isAnnotationPresent(McpResource.class)
				|| method.isAnnotationPresent(McpPrompt.class) || method.isAnnotationPresent(McpComplete.class);
	}

	private static boolean isTool(Method method) {
		return method.isAnnotationPresent(McpTool.class);
	}

	/** Return what the server lists a tool as. */
	static String name(Method method) {
		McpTool tool = Objects.requireNonNull(method.getAnnotation(McpTool.class));
		return StringUtils.hasText(tool.name()) ? tool.name() : method.getName();
	}

	static X402Price price(Class<?> type, Method method) {
		return Objects.requireNonNull(findPrice(type, method));
	}

	private static @Nullable X402Price findPrice(Class<?> type, Method method) {
		X402Price own = AnnotatedElementUtils.findMergedAnnotation(method, X402Price.class);
		return (own != null) ? own : AnnotatedElementUtils.findMergedAnnotation(type, X402Price.class);
	}

	static String place(Class<?> type, Method method) {
		return "@X402Price on " + type.getName() + "#" + method.getName();
	}

}
