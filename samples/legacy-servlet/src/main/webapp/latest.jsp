<%@ page contentType="text/html;charset=UTF-8" %>
This line is gone after the forward.
<jsp:forward page="/WEB-INF/pages/figures.jsp">
	<jsp:param name="month" value="2010-12"/>
</jsp:forward>
