package io.github.x402sessions.mcp.autoconfigure;

import java.util.List;

import io.github.x402sessions.mcp.PaidTools;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessAsyncServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.NativeDetector;
import org.springframework.core.Ordered;

/**
 * Puts the tools of an application behind the gate, wherever they come from: the lists
 * that Spring AI makes servers of, and what is added to a server later on.
 */
final class PaidToolsPostProcessor implements BeanPostProcessor, Ordered {

	private static final String ADD = "addTool";

	private static final String DELEGATE = "getAsyncServer";

	private final ObjectProvider<PaidTools> tools;

	PaidToolsPostProcessor(ObjectProvider<PaidTools> tools) {
		this.tools = tools;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof List<?> list) {
			return ToolSpecifications.each(list, this::wrapped);
		}
		return isServer(bean) ? (NativeDetector.inNativeImage() ? bean : server(bean)) : wrapped(bean);
	}

	/** Behind those that change tools. */
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	static boolean isServer(Object bean) {
		return bean instanceof McpSyncServer || bean instanceof McpAsyncServer || bean instanceof McpStatelessSyncServer
				|| bean instanceof McpStatelessAsyncServer;
	}

	private Object server(Object server) {
		ProxyFactory proxy = new ProxyFactory(server);
		proxy.setProxyTargetClass(true);
		proxy.addAdvice((MethodInterceptor) (invocation) -> {
			if (invocation.getMethod().getName().equals(ADD)) {
				@Nullable Object[] arguments = invocation.getArguments();
				arguments[0] = (arguments[0] != null) ? wrapped(arguments[0]) : null;
			}
			Object result = invocation.proceed();
			return (result != null && invocation.getMethod().getName().equals(DELEGATE)) ? server(result) : result;
		});
		return proxy.getProxy(server.getClass().getClassLoader());
	}

	private Object wrapped(Object tool) {
		if (tool instanceof McpServerFeatures.SyncToolSpecification sync) {
			return this.tools.getObject().wrap(sync);
		}
		if (tool instanceof McpServerFeatures.AsyncToolSpecification async) {
			return this.tools.getObject().wrap(async);
		}
		if (tool instanceof McpStatelessServerFeatures.SyncToolSpecification sync) {
			return this.tools.getObject().wrap(sync);
		}
		return (tool instanceof McpStatelessServerFeatures.AsyncToolSpecification async)
				? this.tools.getObject().wrap(async) : tool;
	}

}
