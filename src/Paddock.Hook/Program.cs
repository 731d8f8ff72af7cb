using Paddock.Core.Agents;
using Paddock.Hook;

// Started by an agent before it runs a tool: its question on standard input, Paddock's answer on standard output. With --tell, after something has happened.
if (HookSettings.Read(args, Environment.GetEnvironmentVariable, out var fault) is not { } settings)
{
    await Console.Error.WriteLineAsync($"paddock-hook: {fault}");
    if (HookSettings.OnlyTells(args))
    {
        return 0; // an agent takes other exit codes for a refusal of what comes next
    }

    if (HookDenial.Of(HookSettings.AgentOf(args), $"Paddock: Refused, not evaluated. The hook is set up wrongly: {fault}.") is not { } denial)
    {
        return HookSettings.Blocks;
    }

    using var refusal = Console.OpenStandardOutput();
    await refusal.WriteAsync(denial); // not by the exit code: Cline looks at none
    return 0;
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
