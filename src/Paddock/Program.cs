// Before the first socket is made: completions run on the socket's own thread (docs/decisions/0005).
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

return await Paddock.Commands.CommandLine.Build().Parse(args).InvokeAsync();
