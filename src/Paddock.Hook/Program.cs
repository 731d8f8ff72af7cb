using Paddock.Hook;

// Started by an agent before it runs a tool: its question on standard input, Paddock's answer on standard output.
if (HookSettings.Read(args, Environment.GetEnvironmentVariable, out var fault) is not { } settings)
{
    await Console.Error.WriteLineAsync($"paddock-hook: {fault}");
    return HookSettings.Blocks;
}

using var question = new MemoryStream();
await Console.OpenStandardInput().CopyToAsync(question);
var answer = await new HookQuestion(settings).AskAsync(question.ToArray());
if (answer.Fault is not null)
{
    await Console.Error.WriteLineAsync($"paddock-hook: {answer.Fault}");
}

using var output = Console.OpenStandardOutput();
await output.WriteAsync(answer.Body);
return 0;
