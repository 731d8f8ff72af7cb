using Paddock.Commands;

// Before the first socket is made: completions run on the socket's own thread (docs/decisions/0005).
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

return await CommandLine.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
