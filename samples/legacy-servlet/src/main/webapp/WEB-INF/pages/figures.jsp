<%@ page contentType="text/html;charset=UTF-8" session="true" %>
<%
	String month = (request.getAttribute("month") != null) ? (String) request.getAttribute("month")
			: request.getParameter("month");
	session.setAttribute("last", month);
%>
<h2>Figures of <%= month %></h2>
<ol>
<% for (int week = 1; week <= 4; week++) { %>
	<li><%= (month.hashCode() & 0xff) * week %></li>
<% } %>
</ol>
