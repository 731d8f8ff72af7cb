using System.Collections.Frozen;
using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Variables by which a harmless command is made to run another one.</summary>
internal static class EnvironmentRules
{
    private static readonly string[] prefixes = ["LD_", "DYLD_", "BASH_FUNC_", "GIT_CONFIG", "npm_config_", "NPM_CONFIG_"];

    /// <summary>With the values that are harmless, separated by <c>|</c>.</summary>
    private static readonly FrozenDictionary<string, string> names = Table("""
        PATH
        IFS
        ENV
        BASH_ENV
        BASHOPTS
        SHELLOPTS
        SHELL /bin/sh|/bin/bash
        PROMPT_COMMAND
        PS0
        PS1
        PS2
        PS4
        CDPATH
        FPATH
        ZDOTDIR
        HOME
        XDG_CONFIG_HOME
        GLOBIGNORE
        HISTFILE
        PAGER cat||less
        MANPAGER cat||less
        GIT_PAGER cat||less
        GH_PAGER cat||less
        AWS_PAGER cat||less
        DELTA_PAGER cat||less
        LESSOPEN
        LESSCLOSE
        LESS -FRX|FRX|R|-R|-F|-X
        EDITOR true|:|cat
        VISUAL true|:|cat
        GIT_EDITOR true|:|cat
        GIT_SEQUENCE_EDITOR true|:|cat
        FCEDIT
        SUDO_EDITOR
        BROWSER none|true|echo
        GIT_SSH
        GIT_SSH_COMMAND
        GIT_ASKPASS true|echo
        GIT_EXTERNAL_DIFF
        GIT_DIFF_OPTS
        GIT_PROXY_COMMAND
        GIT_EXEC_PATH
        GIT_TEMPLATE_DIR
        GIT_DIR
        GIT_COMMON_DIR
        SSH_ASKPASS
        SUDO_ASKPASS
        RSYNC_RSH
        CVS_RSH
        PYTHONPATH
        PYTHONSTARTUP
        PYTHONHOME
        PYTHONBREAKPOINT 0
        PYTHONWARNINGS ignore|error|default
        NODE_PATH
        NODE_OPTIONS
        PERL5OPT
        PERL5LIB
        PERL5DB
        RUBYOPT
        RUBYLIB
        PHP_INI_SCAN_DIR
        PHPRC
        JAVA_TOOL_OPTIONS
        _JAVA_OPTIONS
        JDK_JAVA_OPTIONS
        MAVEN_OPTS
        GRADLE_OPTS
        MAKEFLAGS
        MAKEFILES
        CC gcc|clang|cc
        CXX g++|clang++|c++
        LUA_INIT
        RUSTC_WRAPPER
        RUSTC
        RUSTFLAGS
        CARGO_HOME
        GOFLAGS -mod=mod|-mod=vendor|-mod=readonly
        DOTNET_STARTUP_HOOKS
        CORECLR_PROFILER
        CORECLR_PROFILER_PATH
        CORECLR_ENABLE_PROFILING 0
        TAR_OPTIONS
        GREP_OPTIONS
        RIPGREP_CONFIG_PATH
        CURL_HOME
        WGETRC
        DOCKER_HOST
        KUBECONFIG
        """);

    public static void Note(ShellFacts facts, string name, Word value)
    {
        facts.Read();
        facts.Env(name, value.Shown);
        if (!value.IsLiteral ? names.ContainsKey(name) : names.TryGetValue(name, out var harmless) && !harmless.Split('|').Contains(value.Text) && !IsMemory(name, value.Text))
        {
            facts.Opaque($"{name} can make another program run");
        }
        else if (prefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal)))
        {
            facts.Opaque($"{name} can make another program run");
        }
    }

    private static bool IsMemory(string name, string value) =>
        (name is "NODE_OPTIONS" && value.StartsWith("--max-old-space-size=", StringComparison.Ordinal) && value.AsSpan(21).IndexOfAnyExceptInRange('0', '9') < 0)
        || (name is "MAVEN_OPTS" or "GRADLE_OPTS" && value.StartsWith("-Xmx", StringComparison.Ordinal) && value.All(c => c == '-' || char.IsAsciiLetterOrDigit(c)));

    private static FrozenDictionary<string, string> Table(string lines) => lines.Split('\n')
        .Select(line => line.Split(' ', 2))
        .ToFrozenDictionary(line => line[0], line => line.Length > 1 ? line[1] : "\0", StringComparer.Ordinal);
}
