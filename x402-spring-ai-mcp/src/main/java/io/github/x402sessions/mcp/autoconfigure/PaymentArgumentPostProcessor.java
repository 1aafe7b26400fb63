package io.github.x402sessions.mcp.autoconfigure;

import java.util.List;
import java.util.Optional;

import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;

/**
 * Changes the tools that Spring AI has made of methods with {@link PaymentArguments}:
 * their schema does not show these arguments, and their calls are given them.
 */
final class PaymentArgumentPostProcessor implements BeanPostProcessor, Ordered {

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		return (bean instanceof List<?> list) ? ToolSpecifications.each(list, PaymentArgumentPostProcessor::changed)
				: changed(bean);
	}

	@Override
	public int getOrder() {
		return 0;
	}

	private static Object changed(Object tool) {
		if (tool instanceof McpServerFeatures.SyncToolSpecification sync) {
			Optional<PaymentArguments> arguments = PaymentArguments.of(sync.callHandler());
			return arguments.isEmpty() ? tool : new McpServerFeatures.SyncToolSpecification(
					ToolInput.without(sync.tool(), arguments.get().names()), arguments.get().handler());
		}
		if (tool instanceof McpServerFeatures.AsyncToolSpecification async) {
			Optional<PaymentArguments> arguments = PaymentArguments.of(async.callHandler());
			return arguments.isEmpty() ? tool : new McpServerFeatures.AsyncToolSpecification(
					ToolInput.without(async.tool(), arguments.get().names()), arguments.get().handler());
		}
		if (tool instanceof McpStatelessServerFeatures.SyncToolSpecification sync) {
			Optional<PaymentArguments> arguments = PaymentArguments.of(sync.callHandler());
			return arguments.isEmpty() ? tool : new McpStatelessServerFeatures.SyncToolSpecification(
					ToolInput.without(sync.tool(), arguments.get().names()), arguments.get().handler());
		}
		if (tool instanceof McpStatelessServerFeatures.AsyncToolSpecification async) {
			Optional<PaymentArguments> arguments = PaymentArguments.of(async.callHandler());
			return arguments.isEmpty() ? tool : new McpStatelessServerFeatures.AsyncToolSpecification(
					ToolInput.without(async.tool(), arguments.get().names()), arguments.get().handler());
		}
		return tool;
	}

}
