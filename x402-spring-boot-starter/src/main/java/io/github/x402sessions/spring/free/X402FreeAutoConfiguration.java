package io.github.x402sessions.spring.free;

import java.beans.FeatureDescriptor;
import java.lang.reflect.Field;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.spring.FreeCaller;
import io.github.x402sessions.spring.X402Properties;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.PermissionEvaluator;
import org.springframework.security.access.expression.SecurityExpressionHandler;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.authorization.DefaultAuthorizationManagerFactory;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.access.expression.DefaultHttpSecurityExpressionHandler;
import org.springframework.security.web.access.expression.WebExpressionAuthorizationManager;
import org.springframework.security.web.access.expression.WebSecurityExpressionRoot;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for calls of priced routes that cost
 * nothing. Nobody is known without Spring Security, and counted is in memory unless
 * instances share their answers.
 */
@AutoConfiguration(afterName = { "io.github.x402sessions.spring.answers.X402AnswersAutoConfiguration",
		"io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration" })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
@ConditionalOnBean(PaymentGate.class)
public final class X402FreeAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FreeCallCounter x402FreeCallCounter() {
		return new MemoryFreeCalls();
	}

	@Bean
	@ConditionalOnMissingBean
	FreeCaller x402FreeCaller() {
		return new PrincipalOrAddress();
	}

	/** What other listeners grant or deny takes no free call. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	@ConditionalOnMissingBean(name = "x402FreeCalls")
	FreeCallListener x402FreeCalls(ObjectProvider<FreeConditions> conditions, FreeCallCounter counter,
			FreeCaller caller, X402Properties properties) {
		return new FreeCallListener(conditions.getIfAvailable(UnknownCallers::new), new FreeQuota(counter, caller,
				keys(counter, properties), InstantSource.system(), properties.free().timeZone()));
	}

	/** What is counted elsewhere is counted by all instances under the same keys. */
	private static FreeCallKeys keys(FreeCallCounter counter, X402Properties properties) {
		return (counter instanceof MemoryFreeCalls) ? FreeCallKeys.ofThisInstance()
				: FreeCallKeys.shared(properties.answers().encryptionKey());
	}

	/** With Spring Security. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ WebExpressionAuthorizationManager.class, GrantedAuthorityDefaults.class })
	static class Security {

		@Bean
		@ConditionalOnMissingBean
		FreeConditions x402FreeConditions(ApplicationContext context, ListableBeanFactory beans,
				ObjectProvider<SecurityExpressionHandler<RequestAuthorizationContext>> handlers,
				ObjectProvider<SecurityContextHolderStrategy> contexts) {
			SecurityExpressionHandler<RequestAuthorizationContext> own = handlers.getIfUnique();
			return new SecurityExpressions((own != null) ? own : handler(context), (own != null) ? Set.of() : members(),
					contexts.getIfUnique(SecurityContextHolder::getContextHolderStrategy), new FilterOrder(beans));
		}

		private static Set<String> members() {
			Class<?> root = WebSecurityExpressionRoot.class;
			return Stream
				.of(Arrays.stream(root.getMethods()).map((method) -> method.getName() + "()"),
						Arrays.stream(root.getFields()).map(Field::getName),
						Arrays.stream(BeanUtils.getPropertyDescriptors(root)).map(FeatureDescriptor::getName))
				.flatMap(Function.identity())
				.collect(Collectors.toSet());
		}

		/** As Spring Security's own configuration makes it. */
		private static SecurityExpressionHandler<RequestAuthorizationContext> handler(ApplicationContext context) {
			DefaultHttpSecurityExpressionHandler handler = new DefaultHttpSecurityExpressionHandler();
			handler.setApplicationContext(context);
			handler.setAuthorizationManagerFactory(context
				.<AuthorizationManagerFactory<RequestAuthorizationContext>>getBeanProvider(
						ResolvableType.forClass(AuthorizationManagerFactory.class))
				.getIfUnique(() -> factory(context)));
			context.getBeanProvider(PermissionEvaluator.class).ifUnique(handler::setPermissionEvaluator);
			return handler;
		}

		private static AuthorizationManagerFactory<RequestAuthorizationContext> factory(ApplicationContext context) {
			DefaultAuthorizationManagerFactory<RequestAuthorizationContext> factory = new DefaultAuthorizationManagerFactory<>();
			context.getBeanProvider(GrantedAuthorityDefaults.class)
				.ifUnique((defaults) -> factory.setRolePrefix(defaults.getRolePrefix()));
			context.getBeanProvider(RoleHierarchy.class).ifUnique(factory::setRoleHierarchy);
			return factory;
		}

	}

}
