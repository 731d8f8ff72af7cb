namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>How one agent is attached to Paddock and run without a person: what <c>docs/recipes/attach-*.md</c> tells people, as code.</summary>
internal sealed record AgentRecipe
{
    /// <summary>The agent's id in the ledger.</summary>
    public required string Agent { get; init; }

    /// <summary>What the ledger must say of its version; null when the agent says none.</summary>
    public required string? Version { get; init; }

    /// <summary>The provider that speaks its wire.</summary>
    public string Provider { get; init; } = "openai";

    /// <summary>The beginning of its session ids.</summary>
    public required string Session { get; init; }

    /// <summary>Options of <c>paddock key create</c>: an agent that does not name itself needs a key that does.</summary>
    public IReadOnlyList<string> KeyOptions { get; init; } = [];

    public required string Program { get; init; }

    /// <summary>Writes the settings that a person would paste.</summary>
    public Action<AgentHome, Attachment> Prepare { get; init; } = static (_, _) => { };

    /// <summary>Arguments of a run before the real one, for an agent that keeps its key in a store of its own.</summary>
    public Func<Attachment, IReadOnlyList<string>>? SignIn { get; init; }

    public required Func<Attachment, AgentHome, string, IReadOnlyList<string>> Arguments { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What the environment says of where the models are.</summary>
    public Func<Attachment, IReadOnlyDictionary<string, string>> Attached { get; init; } = static to => new Dictionary<string, string> { ["PADDOCK_API_KEY"] = to.Key };

    public async Task<ProgramEnd> RunAsync(AgentHome home, Attachment to, string prompt, CancellationToken cancellationToken)
    {
        var (program, limit) = (AgentInstallation.Program(Program), TimeSpan.FromMinutes(5));
        var environment = new Dictionary<string, string>([.. Environment, .. Attached(to)]);
        Prepare(home, to);
        if (SignIn?.Invoke(to) is { } arguments)
        {
            var signedIn = await home.RunAsync(program, arguments, environment, limit, cancellationToken);
            signedIn.ExitCode.ShouldBe(0, signedIn.Output);
        }

        return await home.RunAsync(program, Arguments(to, home, prompt), environment, limit, cancellationToken);
    }

    public override string ToString() => Agent;
}

/// <param name="Url">Where Paddock listens, without a path.</param>
/// <param name="Key">A key for models.</param>
internal sealed record Attachment(string Url, string Key, string Model);
