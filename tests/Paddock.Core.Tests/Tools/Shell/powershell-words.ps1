# Says of each line, given as one JSON string, what PowerShell's own parser takes it for: {"commands":[["git","status"]]} when it is nothing
# but commands of constant words, otherwise {"why":"…"}. Nothing of a line is run. The first answer names the aliases.
using namespace System.Management.Automation.Language
using namespace System.Text.Json

$ErrorActionPreference = 'Stop'

function Get-Redirection($redirection) {
    if ($redirection -is [MergingRedirectionAst]) {
        if ($redirection.FromStream -ne 'Error' -or $redirection.ToStream -ne 'Output') { 'a stream is merged' }
    }
    elseif ($redirection.FromStream -ne 'Error' -or $redirection.Append -or $redirection.Location -isnot [VariableExpressionAst] -or $redirection.Location.VariablePath.UserPath -ne 'null') { 'a redirection' }
}

function Get-Word($element) {
    if ($element -is [CommandParameterAst]) {
        if ($null -ne $element.Argument) { throw 'a parameter with its value' }
        return $element.Extent.Text
    }
    if ($element -is [StringConstantExpressionAst]) {
        $bare = $element.StringConstantType -eq 'BareWord'
        if ($element.StringConstantType -notin 'BareWord', 'SingleQuoted', 'DoubleQuoted') { throw "a string of another kind" }
        if ($bare -and $element.Extent.Text -cne $element.Value) { throw 'a bare word with quotes or escapes inside' }
        if ($bare -and ($element.Value.IndexOfAny('*?['.ToCharArray()) -ge 0 -or $element.Value[0] -eq '~')) { throw 'a pattern' }
        if ($element.Value.Length -eq 0) { throw 'an empty word, which Windows PowerShell drops' }
        return $element.Value
    }
    if ($element -is [ConstantExpressionAst] -and $element.StaticType -eq [int] -and "$($element.Value)" -ceq $element.Extent.Text) { return $element.Extent.Text }
    throw $element.GetType().Name
}

function Add-Command($statement, $commands) {
    if ($statement -is [PipelineChainAst]) {
        if ($statement.Background) { throw 'in the background' }
        Add-Command $statement.LhsPipelineChain $commands
        Add-Command $statement.RhsPipeline $commands
        return
    }
    if ($statement -isnot [PipelineAst]) { throw $statement.GetType().Name }
    if ($statement.Background) { throw 'in the background' }
    foreach ($command in $statement.PipelineElements) {
        if ($command -isnot [CommandAst]) { throw $command.GetType().Name }
        if ($command.InvocationOperator -ne 'Unknown') { throw "invoked by $($command.InvocationOperator)" }
        foreach ($redirection in $command.Redirections) { if ($why = Get-Redirection $redirection) { throw $why } }
        if ($command.CommandElements[0] -isnot [StringConstantExpressionAst] -or $command.CommandElements[0].StringConstantType -ne 'BareWord') { throw 'a name that is no bare word' }
        $commands.Add([string[]] @(foreach ($element in $command.CommandElements) { Get-Word $element }))
    }
}

function Get-Commands($line) {
    $tokens = $errors = $null
    $script = [Parser]::ParseInput($line, [ref] $tokens, [ref] $errors)
    if ($errors.Count -gt 0) { throw $errors[0].Message }
    if ($script.ParamBlock -or $script.BeginBlock -or $script.ProcessBlock -or $script.DynamicParamBlock -or $script.CleanBlock -or $script.UsingStatements -or $script.Attributes -or $script.ScriptRequirements -or $script.EndBlock.Traps -or -not $script.EndBlock.Unnamed) { throw 'a script' }
    foreach ($token in $tokens) { if ($token.Kind -in 'Comment', 'LineContinuation') { throw "$($token.Kind)" } }
    $commands = [System.Collections.Generic.List[string[]]]::new()
    foreach ($statement in $script.EndBlock.Statements) { Add-Command $statement $commands }
    , $commands
}

$aliases = @{}
foreach ($alias in Get-Alias) { $aliases[$alias.Name] = $alias.Definition }
[Console]::Out.WriteLine([JsonSerializer]::Serialize[object]($aliases))
while ($null -ne ($json = [Console]::In.ReadLine())) {
    try { $answer = @{ commands = Get-Commands ([JsonSerializer]::Deserialize[string]($json)) } }
    catch { $answer = @{ why = $_.Exception.Message } }
    [Console]::Out.WriteLine([JsonSerializer]::Serialize[object]($answer))
}
