using System.CommandLine;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary>What the parser would let pass and must not: it runs before anything is touched.</summary>
internal static class OptionRules
{
    /// <summary>An option of several texts takes no mistyped option for one of them.</summary>
    public static Option<string[]> TakesSeveral(this Option<string[]> option)
    {
        option.AllowMultipleArgumentsPerToken = true;
        return option.TakesNoOption();
    }

    /// <summary>What looks like an option is one, mistyped.</summary>
    public static Option<string[]> TakesNoOption(this Option<string[]> option)
    {
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
            {
                result.AddError($"Unrecognized option '{token.Value}' after {option.Name}.");
            }
        });
        return option;
    }

    /// <summary>A number and s, m, h or d.</summary>
    public static Option<string?> TakesLifetime(this Option<string?> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Lifetime.TryParse(token.Value, out _))
            {
                result.AddError($"{option.Name}: '{token.Value}' is no lifetime; write a number and s, m, h or d, such as 90d.");
            }
        });
        return option;
    }
}
