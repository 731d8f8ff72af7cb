using System.Collections.Immutable;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies.Decisions;

/// <summary>What a call's arguments say, with secrets masked: assigned values always, everything else by <see cref="SecretMask"/>.</summary>
internal sealed class MaskedCall
{
    /// <summary>Nothing shorter is a secret, and it would stand in other words by chance.</summary>
    private const int ShortestSecret = 3;

    private readonly OrderedDictionary<string, string> hidden = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<KeyValuePair<string, string>> env = [];

    public MaskedCall(CallArguments call)
    {
        if (call.Line is { } line)
        {
            env = line.Env;
            FindSecrets(line);
            Line = new()
            {
                Legibility = line.Legibility,
                Commands = [.. line.Commands.Select(command => command with { Argv = Words(command.Argv, Fact.CallArgv) })],
                WritesTo = Words(line.WritesTo, Fact.CallWritesTo),
                ReadsFrom = Words(line.ReadsFrom, Fact.CallPaths),
                Env = [.. line.Env.Select(pair => KeyValuePair.Create(pair.Key, SecretMask.Hide(pair.Value)))],
                Hosts = Words(line.Hosts, Fact.CallHosts),
                Paths = Words(line.Paths, Fact.CallPaths),
                HasExpansion = line.HasExpansion,
                RunsInput = line.RunsInput,
                OpaqueBecause = line.OpaqueBecause,
            };
            Altered |= line.Env.Any(static pair => pair.Value.Length > 0) ? FactMask.Of(Fact.CallEnv) : FactMask.None;
            Characters += line.Env.Sum(static pair => pair.Key.Length + pair.Value.Length);
        }

        Paths = Words(call.Paths, Fact.CallPaths);
        Hosts = Words(call.Hosts, Fact.CallHosts);
        WorkingDirectory = call.WorkingDirectory is { } directory ? Word(directory, Fact.CallPaths) : null;
    }

    private MaskedCall(ShellLine? line) => Line = line;

    public ShellLine? Line { get; }

    public ImmutableArray<string> Paths { get; } = [];

    public ImmutableArray<string> Hosts { get; } = [];

    public string? WorkingDirectory { get; }

    /// <summary>The facts that are not as they were.</summary>
    public FactMask Altered { get; private set; }

    /// <summary>Of everything that was looked at, together.</summary>
    public int Characters { get; private set; }

    /// <summary>Of a call that says too much: only whether its line could be read.</summary>
    public static MaskedCall Nothing(CallArguments call)
    {
        var bare = call.Line is { } line ? new ShellLine { Legibility = line.Legibility, OpaqueBecause = line.OpaqueBecause } : null;
        return new(bare);
    }

    /// <summary>The argument text with the same masked in it.</summary>
    /// <returns>Null when an assignment is not found in it as it is, so that its value might stay.</returns>
    public string? Mask(string text)
    {
        foreach (var (name, value) in env)
        {
            var found = value.Length == 0;
            foreach (var quote in (ReadOnlySpan<string>)["=", "='", "=\"", "=\\\""])
            {
                found |= text.Contains(name + quote + value, StringComparison.Ordinal);
                text = text.Replace(name + quote + value, name + quote + SecretMask.Hide(value), StringComparison.Ordinal);
            }

            if (!found)
            {
                return null;
            }
        }

        return Plain(text);
    }

    private void FindSecrets(ShellLine line)
    {
        foreach (var (name, value) in line.Env)
        {
            Hides($"{name}={value}", $"{name}={SecretMask.Hide(value)}");
            if (value.Length >= ShortestSecret && SecretMask.IsSecretName(name))
            {
                Hides(value, SecretMask.Hide(value));
            }
        }

        foreach (var command in line.Commands)
        {
            for (var i = 1; i < command.Argv.Count; i++)
            {
                var (word, before) = (command.Argv[i], command.Argv[i - 1]);
                if (SecretMask.TakesSecret(command.Argv[0], before) && word.Length >= ShortestSecret)
                {
                    Hides(word, SecretMask.Hide(word));
                }
                else if (SecretMask.HoldsSecret(command.Argv[0], word))
                {
                    Hides(word, word[..2] + SecretMask.Hide(word[2..]));
                }
            }
        }
    }

    private void Hides(string secret, string mask)
    {
        if (secret != mask)
        {
            hidden.TryAdd(secret, mask);
        }
    }

    private ImmutableArray<string> Words(IReadOnlyList<string> words, Fact fact) => [.. words.Select(word => Word(word, fact))];

    private string Word(string word, Fact fact)
    {
        var plain = Plain(word);
        Characters += word.Length;
        Altered |= word == plain ? FactMask.None : FactMask.Of(fact);
        return plain;
    }

    private string Plain(string text)
    {
        foreach (var (secret, mask) in hidden)
        {
            text = text.Replace(secret, mask, StringComparison.Ordinal);
        }

        return SecretMask.Mask(text);
    }
}
